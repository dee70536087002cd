/**
 * Runs the whole system on one machine with only a JDK, and starts, kills, pauses, slows, moves and
 * restarts any part of it by name; it speaks to the parts as anybody could, by processes, ports and
 * HTTP, and knows none of their classes.
 */
@NullMarked
package dev.rendezvous.playground;

import org.jspecify.annotations.NullMarked;
