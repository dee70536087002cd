/** A client as a person has one: it sends, waits, and takes whatever comes for an answer. */
@NullMarked
package dev.rendezvous.loadtests.client;

import org.jspecify.annotations.NullMarked;
