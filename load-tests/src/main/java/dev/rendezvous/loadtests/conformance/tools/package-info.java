/** Suites of others: varnishtest with scripts of ours, h2spec with its own. */
@NullMarked
package dev.rendezvous.loadtests.conformance.tools;

import org.jspecify.annotations.NullMarked;
