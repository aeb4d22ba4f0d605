// Stands for the part of Apple's CryptoKit that the recipe uses, where there is none: OpenSSL's.
import Foundation

@_silgen_name("SHA256")
private func digest(_ data: UnsafePointer<UInt8>, _ count: Int, _ into: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>

public enum SHA256 {
    public static func hash(data: Data) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { bytes, count in
            _ = digest([UInt8](data), data.count, bytes.baseAddress!)
            count = 32
        }
    }
}
