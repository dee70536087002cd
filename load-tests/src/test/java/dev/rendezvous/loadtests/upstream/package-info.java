/** A real server to put a gateway before. */
package dev.rendezvous.loadtests.upstream;
