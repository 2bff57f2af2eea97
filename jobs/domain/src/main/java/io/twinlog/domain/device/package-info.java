// SPDX-License-Identifier: Apache-2.0
/**
 * The device: {@link io.twinlog.domain.device.Device} decides, {@link
 * io.twinlog.domain.device.DeviceFold} folds; {@link io.twinlog.domain.device.DeviceCommand} is
 * what asks, {@link io.twinlog.domain.device.DeviceEvent} what happened. Written down in
 * docs/jobs/device.md.
 */
package io.twinlog.domain.device;
