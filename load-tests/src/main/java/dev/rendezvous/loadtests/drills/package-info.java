/** What happens to a system on purpose under a steady load, and what its clients notice of it. */
@NullMarked
package dev.rendezvous.loadtests.drills;

import org.jspecify.annotations.NullMarked;
