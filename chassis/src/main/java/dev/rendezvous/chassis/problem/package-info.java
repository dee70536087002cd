/** What a failed request is answered with: RFC 9457 problems, from one place. */
@NullMarked
package dev.rendezvous.chassis.problem;

import org.jspecify.annotations.NullMarked;
