/** The certificate that clients are shown, and its exchange while the gateway serves. */
@NullMarked
package dev.rendezvous.gateway.tls;

import org.jspecify.annotations.NullMarked;
