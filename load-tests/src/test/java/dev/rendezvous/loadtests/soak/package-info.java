/** Holds the gateway under mixed traffic, and looks for what it has not given back. */
package dev.rendezvous.loadtests.soak;
