// Checks Diwan's public log with other people's code: golang.org/x/mod's
// signed notes and transparency log, as the Go checksum database uses them.
//
//	verify -log URL -key VERIFIER-KEY -proof FILE -old CHECKPOINT
//
// It opens both checkpoints with the log's public key, reads the tree's tiles
// (checking each against the head), checks the inclusion proof that was handed
// out with a paper, works the same proof out from the tiles alone, and checks
// that the newer tree continues the older one. With every check goes the
// opposite: the same thing with one bit changed must fail.
package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// What a paper's holder downloads.
type proofFile struct {
	Format     string   `json:"format"`
	Origin     string   `json:"origin"`
	Checkpoint string   `json:"checkpoint"`
	LeafIndex  int64    `json:"leaf_index"`
	TreeSize   int64    `json:"tree_size"`
	Inclusion  []string `json:"inclusion"`
	Salt       string   `json:"salt"`
	Entry      string   `json:"entry"`
}

func main() {
	log := flag.String("log", "", "address of the log, without a final slash")
	key := flag.String("key", "", "the log's verifier key")
	proof := flag.String("proof", "", "file with the proof of an entry")
	old := flag.String("old", "", "file with an older checkpoint")
	flag.Parse()
	if err := run(*log, *key, *proof, *old); err != nil {
		fmt.Fprintln(os.Stderr, "verify:", err)
		os.Exit(1)
	}
}

func run(log, key, proofName, oldName string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return fmt.Errorf("the verifier key: %w", err)
	}
	text, err := fetch(log + "/checkpoint")
	if err != nil {
		return err
	}
	head, err := open(text, verifier)
	if err != nil {
		return fmt.Errorf("the checkpoint: %w", err)
	}
	fmt.Printf("checkpoint: %s, %d entries\n", verifier.Name(), head.N)
	if _, err := open(changed(text), verifier); err == nil {
		return errors.New("a changed checkpoint was believed")
	}
	// Reads tiles, and checks every one against the head before it is used.
	hashes := tlog.TileHashReader(head, tiles{log})

	oldText, err := os.ReadFile(oldName)
	if err != nil {
		return err
	}
	before, err := open(oldText, verifier)
	if err != nil {
		return fmt.Errorf("the older checkpoint: %w", err)
	}
	if err := consistent(head, before, hashes); err != nil {
		return err
	}
	return included(head, hashes, verifier, proofName)
}

// The newer tree holds the older one, unchanged.
func consistent(head, before tlog.Tree, hashes tlog.HashReader) error {
	if before.N >= head.N {
		return fmt.Errorf("the log did not grow: %d, then %d entries", before.N, head.N)
	}
	proof, err := tlog.ProveTree(head.N, before.N, hashes)
	if err != nil {
		return fmt.Errorf("no consistency proof: %w", err)
	}
	if err := tlog.CheckTree(proof, head.N, head.Hash, before.N, before.Hash); err != nil {
		return fmt.Errorf("the log was rewritten: %w", err)
	}
	fmt.Printf("consistency: %d entries are the beginning of %d\n", before.N, head.N)
	other := before.Hash
	other[0] ^= 1
	if tlog.CheckTree(proof, head.N, head.Hash, before.N, other) == nil {
		return errors.New("a tree that was never published was believed")
	}
	return nil
}

// The entry stands where the proof says, and the tiles say the same.
func included(head tlog.Tree, hashes tlog.HashReader, verifier note.Verifier, name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var file proofFile
	if err := json.Unmarshal(text, &file); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	tree, err := open([]byte(file.Checkpoint), verifier)
	if err != nil {
		return fmt.Errorf("the proof's checkpoint: %w", err)
	}
	if tree.N != file.TreeSize || file.Origin != verifier.Name() {
		return errors.New("the proof and its checkpoint disagree")
	}
	salt, err := hex.DecodeString(file.Salt)
	if err != nil {
		return err
	}
	commitment := sha256.Sum256(append(salt, file.Entry...))
	leaf := tlog.RecordHash(commitment[:])
	var path tlog.RecordProof
	for _, step := range file.Inclusion {
		bytes, err := hex.DecodeString(step)
		if err != nil || len(bytes) != tlog.HashSize {
			return errors.New("a step of the proof is no hash")
		}
		path = append(path, *(*tlog.Hash)(bytes))
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, file.LeafIndex, leaf); err != nil {
		return fmt.Errorf("the entry is not in the log: %w", err)
	}
	fmt.Printf("inclusion: entry %d of %d, as the proof says\n", file.LeafIndex, tree.N)

	fresh, err := tlog.ProveRecord(head.N, file.LeafIndex, hashes)
	if err != nil {
		return fmt.Errorf("no proof from the tiles: %w", err)
	}
	if err := tlog.CheckRecord(fresh, head.N, head.Hash, file.LeafIndex, leaf); err != nil {
		return fmt.Errorf("the tiles say otherwise: %w", err)
	}
	fmt.Printf("inclusion: entry %d of %d, as the tiles say\n", file.LeafIndex, head.N)
	return mustFail(path, tree, file.LeafIndex, leaf)
}

// One bit anywhere, another place, or a shorter way: each must be refused.
func mustFail(path tlog.RecordProof, tree tlog.Tree, index int64, leaf tlog.Hash) error {
	for at := range path {
		bad := append(tlog.RecordProof{}, path...)
		bad[at][at%tlog.HashSize] ^= 1
		if tlog.CheckRecord(bad, tree.N, tree.Hash, index, leaf) == nil {
			return fmt.Errorf("a proof with step %d changed was believed", at)
		}
	}
	other := leaf
	other[31] ^= 1
	if tlog.CheckRecord(path, tree.N, tree.Hash, index, other) == nil {
		return errors.New("another entry was believed")
	}
	if tlog.CheckRecord(path, tree.N, tree.Hash, index^1, leaf) == nil {
		return errors.New("another place was believed")
	}
	if len(path) > 0 && tlog.CheckRecord(path[1:], tree.N, tree.Hash, index, leaf) == nil {
		return errors.New("a shorter proof was believed")
	}
	fmt.Printf("corrupted: %d changed proofs were all refused\n", len(path)+3)
	return nil
}

// Opens a C2SP checkpoint: origin, size and root, signed.
func open(text []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("is of another log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, errors.New("names no size")
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, errors.New("names no root")
	}
	return tlog.Tree{N: size, Hash: *(*tlog.Hash)(root)}, nil
}

func changed(text []byte) []byte {
	bad := append([]byte{}, text...)
	// A digit of the size, in the second line.
	at := strings.IndexByte(string(bad), '\n') + 1
	bad[at] ^= 1
	return bad
}

// The log's tiles over HTTP, as C2SP tlog-tiles names them.
type tiles struct{ log string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		path := strings.TrimPrefix(tile.Path(), "tile/8/")
		bytes, err := fetch(t.log + "/tile/" + path)
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	fmt.Printf("tiles: %d read\n", len(all))
	return all, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func fetch(address string) ([]byte, error) {
	answer, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", address, answer.Status)
	}
	return io.ReadAll(answer.Body)
}
