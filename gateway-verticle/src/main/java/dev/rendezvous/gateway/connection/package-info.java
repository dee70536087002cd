/**
 * The connections of clients, below what Vert.x tells of them: how long they may take, and how they
 * end.
 */
@NullMarked
package dev.rendezvous.gateway.connection;

import org.jspecify.annotations.NullMarked;
