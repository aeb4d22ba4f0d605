/// Of this package: the extension's own. A test holds them together.
public let socialExchangeVersion = "0.1.0-SNAPSHOT"
