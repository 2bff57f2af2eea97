// SPDX-License-Identifier: Apache-2.0
/** What stands around every event on its way through the router, and how it is run. */
package io.twinlog.wire.middleware;
