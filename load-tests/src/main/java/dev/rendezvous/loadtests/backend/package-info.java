/** A service that does on the wire what it is told, and remembers what reached it. */
@NullMarked
package dev.rendezvous.loadtests.backend;

import org.jspecify.annotations.NullMarked;
