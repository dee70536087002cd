/**
 * The Order Service: who ordered what, kept in its own database; asks the user service who is who.
 */
@NullMarked
package dev.rendezvous.order;

import org.jspecify.annotations.NullMarked;
