/** Real and scripted counterparts for the tests of this module. */
@NullMarked
package dev.rendezvous.discovery.testing;

import org.jspecify.annotations.NullMarked;
