/** Whether this process lives, and whether it should get requests now. */
@NullMarked
package dev.rendezvous.chassis.health;

import org.jspecify.annotations.NullMarked;
