// SPDX-License-Identifier: Apache-2.0
/** What a user's jar says of event types of its own. What is made of it: package ingress. */
package io.twinlog.wire.catalogue;
