// SPDX-License-Identifier: Apache-2.0
/** What the checks of telemetry find, held against what is true. Times nothing. */
package io.twinlog.benchmarks.quality;
