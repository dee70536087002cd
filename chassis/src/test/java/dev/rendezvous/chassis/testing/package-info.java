/** What the tests of several modules share. */
package dev.rendezvous.chassis.testing;
