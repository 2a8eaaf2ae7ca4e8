/// How security code reads and writes objects, apart from storage and HTTP.
package io.gantry.apiserver.objects;
