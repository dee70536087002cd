/** Shows how much a gateway carries: bodies larger than its memory, and crowds of clients. */
package dev.rendezvous.loadtests.capacity;
