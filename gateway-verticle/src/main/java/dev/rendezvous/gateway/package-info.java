/** Forwards HTTP requests to the services behind it; it reads no body and knows no resource. */
@NullMarked
package dev.rendezvous.gateway;

import org.jspecify.annotations.NullMarked;
