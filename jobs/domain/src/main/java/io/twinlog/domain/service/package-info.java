// SPDX-License-Identifier: Apache-2.0
/** The registry of services: each instance an aggregate, its name a gathering of those. */
package io.twinlog.domain.service;
