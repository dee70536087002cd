/** Measures the two ways side by side, at rest and under failure, and reports what it saw. */
@NullMarked
package dev.rendezvous.loadtests;

import org.jspecify.annotations.NullMarked;
