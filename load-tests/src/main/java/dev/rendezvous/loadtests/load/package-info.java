/** Sends HTTP/1.1 requests at a rate that the answers cannot slow down, and measures each. */
@NullMarked
package dev.rendezvous.loadtests.load;

import org.jspecify.annotations.NullMarked;
