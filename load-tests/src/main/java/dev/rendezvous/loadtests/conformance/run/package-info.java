/** Runs the cases and the suites of others against the proxies, and writes who does what. */
@NullMarked
package dev.rendezvous.loadtests.conformance.run;

import org.jspecify.annotations.NullMarked;
