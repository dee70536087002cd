/** Keyset pages: cursors and {@code Link} headers. */
@NullMarked
package dev.rendezvous.chassis.paging;

import org.jspecify.annotations.NullMarked;
