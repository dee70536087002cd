package dev.rendezvous.loadtests.proxy;

import java.nio.file.Path;

/**
 * What one run of a proxy has for itself.
 *
 * @param folder for its files, removed afterwards
 * @param port HTTP/1.1, and HTTP/2 in clear text where one port takes both
 * @param clearTextHttp2Port HTTP/2 with prior knowledge; the same port where one takes both
 * @param tlsPort used only with a certificate
 * @param managementPort for those that have one
 */
record Place(Path folder, int port, int clearTextHttp2Port, int tlsPort, int managementPort) {
  Path file(String name) {
    return folder.resolve(name);
  }
}
