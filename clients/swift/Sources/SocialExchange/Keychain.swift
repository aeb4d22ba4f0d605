#if canImport(Security)
import Foundation
import Security

/// The keychain's items of this app, on this device only: they are in no backup, and not readable before the first unlock.
public struct KeychainStorage: SecureStorage {
    private let service: String

    /// - Parameter service: the items' name, such as the app's bundle id
    public init(service: String) {
        self.service = service
    }

    public func read(_ name: String) throws -> String? {
        var found: CFTypeRef?
        var query = item(name)
        query[kSecReturnData] = true
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        if status == errSecItemNotFound {
            return nil
        }
        try check(status)
        return (found as? Data).map { String(decoding: $0, as: UTF8.self) }
    }

    public func write(_ name: String, _ value: String?) throws {
        let status = SecItemDelete(item(name) as CFDictionary)
        if status != errSecItemNotFound {
            try check(status)
        }
        guard let value else { return }
        var new = item(name)
        new[kSecValueData] = Data(value.utf8)
        new[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
        try check(SecItemAdd(new as CFDictionary, nil))
    }

    private func item(_ name: String) -> [CFString: Any] {
        [kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: name]
    }

    private func check(_ status: OSStatus) throws {
        guard status == errSecSuccess else { throw KeychainError(status: status) }
    }
}

public struct KeychainError: Error {
    public let status: OSStatus
}
#endif
