/** HTTP/1.1 as bytes: sends what no client library would send, and reads what comes back. */
@NullMarked
package dev.rendezvous.loadtests.wire;

import org.jspecify.annotations.NullMarked;
