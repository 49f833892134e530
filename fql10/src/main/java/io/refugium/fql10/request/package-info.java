/** What a client sends to the query endpoint: headers, body, template and values. */
package io.refugium.fql10.request;
