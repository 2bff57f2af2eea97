// SPDX-License-Identifier: Apache-2.0
/** Where the query service keeps what it has read: rows, and how far it has read, as one. */
package io.twinlog.query.store;
