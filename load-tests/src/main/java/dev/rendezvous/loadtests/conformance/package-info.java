/** What HTTP asks of a gateway, as cases of bytes sent and things seen, and how one is run. */
@NullMarked
package dev.rendezvous.loadtests.conformance;

import org.jspecify.annotations.NullMarked;
