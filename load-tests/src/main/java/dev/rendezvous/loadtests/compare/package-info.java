/** Runs the variants side by side and in turns, and measures what each costs. */
@NullMarked
package dev.rendezvous.loadtests.compare;

import org.jspecify.annotations.NullMarked;
