// SPDX-License-Identifier: Apache-2.0
/** Where an event goes: category, and what expires or runs ahead. The rules of the router. */
package io.twinlog.domain.routing;
