// SPDX-License-Identifier: Apache-2.0
/** Drawings for the docs, as SVG, without a library: the same data gives the same bytes. */
package io.twinlog.benchmarks.plot;
