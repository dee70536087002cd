/** The User Service: who the users are, kept in its own database. */
@NullMarked
package dev.rendezvous.user;

import org.jspecify.annotations.NullMarked;
