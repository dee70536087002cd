/** Reads a process's configuration from its environment, and from nowhere else. */
@NullMarked
package dev.rendezvous.chassis.config;

import org.jspecify.annotations.NullMarked;
