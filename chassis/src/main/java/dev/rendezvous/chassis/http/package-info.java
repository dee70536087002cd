/** Serves an HTTP API with one fixed order of handlers, and reads requests strictly. */
@NullMarked
package dev.rendezvous.chassis.http;

import org.jspecify.annotations.NullMarked;
