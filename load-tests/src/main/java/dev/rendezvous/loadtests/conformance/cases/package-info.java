/** The cases, by what they are about. */
@NullMarked
package dev.rendezvous.loadtests.conformance.cases;

import org.jspecify.annotations.NullMarked;
