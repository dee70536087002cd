/** Starts a process, and stops it in order when it is told to. */
@NullMarked
package dev.rendezvous.chassis.lifecycle;

import org.jspecify.annotations.NullMarked;
