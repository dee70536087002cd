/** How one service finds another: the value of one variable decides, the callers do not notice. */
@NullMarked
package dev.rendezvous.discovery;

import org.jspecify.annotations.NullMarked;
