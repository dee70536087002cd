/** The gateway's file: which requests go where, and within which bounds. */
@NullMarked
package dev.rendezvous.gateway.route;

import org.jspecify.annotations.NullMarked;
