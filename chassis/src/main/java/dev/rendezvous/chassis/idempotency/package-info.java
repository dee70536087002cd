/** Keeps the first answer to a keyed request and gives it again. */
@NullMarked
package dev.rendezvous.chassis.idempotency;

import org.jspecify.annotations.NullMarked;
