/** Measures what one hop through each proxy costs, side by side in one run. */
@NullMarked
package dev.rendezvous.loadtests.bench;

import org.jspecify.annotations.NullMarked;
