/** What a process tells about itself: log lines, metrics and traces. */
@NullMarked
package dev.rendezvous.chassis.telemetry;

import org.jspecify.annotations.NullMarked;
