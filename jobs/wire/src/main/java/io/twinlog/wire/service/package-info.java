// SPDX-License-Identifier: Apache-2.0
/** Services on the wire: what their events say, their log, their registry, their endpoints. */
package io.twinlog.wire.service;
