/** Results on their way out: materialised inside the transaction, written as JSON after it. */
package io.refugium.fql10.encode;
