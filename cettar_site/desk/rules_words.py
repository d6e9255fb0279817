"""How the desk's roles, acts and results are called."""

from cettar_site.base.words import mark
from cettar_site.desk.rules import Role
from cettar_site.desk.rules_matrix import Act

ROLES: dict[Role, str] = {
    Role.TRIAGE: mark("Penyalur {name}, {agency}"), Role.OFFICER: mark("Petugas {name}, {agency}"),
    Role.SUPERVISOR: mark("Pengawas {name}, {agency}"), Role.AUDITOR: mark("Pemeriksa {name}, {agency}"),
    Role.ADMIN: mark("Pengelola akun {name}, {agency}")}
ACTS: dict[Act, str] = {
    Act.ACKNOWLEDGE: mark("Tandai sudah dibaca"), Act.ANSWER: mark("Jawab"), Act.PLAN: mark("Janjikan tanggal"),
    Act.ASK: mark("Tanya pelapor"), Act.CLAIM: mark("Nyatakan selesai"), Act.ASSIGN: mark("Libatkan unit"),
    Act.CONTRIBUTE: mark("Beri masukan"), Act.OFFER: mark("Oper ke instansi lain"), Act.ACCEPT: mark("Ambil alih"),
    Act.DECLINE: mark("Jangan ambil alih"), Act.REJECT: mark("Tolak"), Act.NOTE: mark("Catatan meja"),
    Act.ROUTE: mark("Salurkan"), Act.FORWARD: mark("Teruskan ke luar provinsi"), Act.MERGE: mark("Gabungkan"),
    Act.PART: mark("Pisahkan"), Act.HIDE: mark("Sembunyikan"), Act.REVEAL: mark("Tampilkan lagi"),
    Act.AUDIT: mark("Catat pemeriksaan")}
SEND: dict[Act, str] = {Act.ANSWER: mark("Kirim jawaban"), Act.ASK: mark("Kirim pertanyaan"),
                        Act.NOTE: mark("Simpan catatan"), Act.CONTRIBUTE: mark("Simpan masukan")}
"""What the button says, where it is not the act's own name."""
FIRST = (Act.ROUTE, Act.AUDIT, Act.ACCEPT, Act.ANSWER, Act.CONTRIBUTE, Act.NOTE)
"""Which act stands open when nothing is chosen: the first of these that may happen."""
HINTS: dict[Act, str] = {
    Act.ACKNOWLEDGE: mark("Warga melihat bahwa aduannya sudah dibaca. Hitungan waktu tetap berjalan."),
    Act.ANSWER: mark("Tulis keputusan, langkah berikutnya, atau alasan dan ke mana warga harus pergi. Warga dan umum "
                     "membacanya."),
    Act.PLAN: mark("Tulis apa yang akan dikerjakan. Tanggalnya tampil bagi umum; kalau lewat, aduannya naik lagi di "
                   "meja Anda."),
    Act.ASK: mark("Satu pertanyaan yang jelas, sekali saja. Hitungan berhenti paling lama lima hari kerja, dan itu "
                  "terlihat. Kalau sudah terlambat, hitungan tidak berhenti."),
    Act.CLAIM: mark("Tulis apa yang sudah dikerjakan dan sertakan fotonya. Pelapor yang memutuskan: dikonfirmasi atau "
                    "dibantah."),
    Act.ASSIGN: mark("Unit itu ikut membaca dan memberi masukan. Instansi Anda tetap yang menjawab."),
    Act.CONTRIBUTE: mark("Hanya dibaca meja instansi yang memegang aduan ini."),
    Act.OFFER: mark("Tetap di meja Anda sampai instansi itu mengambilnya, paling lama satu hari kerja. Alasannya "
                    "terlihat umum."),
    Act.ACCEPT: mark("Mulai sekarang instansi Anda yang menjawab, dalam dua hari kerja. Hitungan warga tetap."),
    Act.DECLINE: mark("Aduan tetap pada pengirimnya. Alasannya terlihat umum."),
    Act.REJECT: mark("Tulis alasannya dengan bahasa yang jelas. Pelapor bisa membantah selama 90 hari."),
    Act.NOTE: mark("Hanya dibaca meja ini."),
    Act.ROUTE: mark("Instansi itu mendapat dua hari kerja. Hitungan warga tetap sejak aduan masuk."),
    Act.FORWARD: mark("Untuk urusan kabupaten, kota atau pusat. Tujuannya tampil bagi pelapor dan umum."),
    Act.MERGE: mark("Jawaban di aduan induk berlaku juga di sini. Nomor dan hitungan waktunya tetap sendiri."),
    Act.PART: mark("Aduan ini berdiri sendiri lagi."),
    Act.HIDE: mark("Umum hanya melihat nomornya dan alasan singkat. Penjelasan Anda dibaca pelapor."),
    Act.REVEAL: mark("Ceritanya terbuka lagi bagi umum."),
    Act.AUDIT: mark("Periksa sendiri di tempat atau lewat berkas. Hasil dan alasannya tampil bagi umum."),
}
DONE: dict[Act, str] = {
    Act.ACKNOWLEDGE: mark("Warga sekarang melihat bahwa aduannya sudah dibaca. Hitungan waktu tetap berjalan."),
    Act.ANSWER: mark("Jawaban Anda tersimpan dan sudah tampil bagi warga."),
    Act.PLAN: mark("Janji Anda tersimpan dan sudah tampil bagi warga."),
    Act.ASK: mark("Pertanyaan Anda sudah sampai kepada pelapor."),
    Act.CLAIM: mark("Tersimpan. Sekarang giliran pelapor: dikonfirmasi atau dibantah."),
    Act.ASSIGN: mark("Unit itu sekarang ikut membaca aduan ini."),
    Act.CONTRIBUTE: mark("Masukan Anda tersimpan."),
    Act.OFFER: mark("Sudah ditawarkan. Aduan tetap di meja Anda sampai diambil."),
    Act.ACCEPT: mark("Aduan ini sekarang di meja Anda."), Act.DECLINE: mark("Aduan ini tetap pada pengirimnya."),
    Act.REJECT: mark("Penolakan dan tujuannya sudah tampil bagi warga."), Act.NOTE: mark("Catatan tersimpan."),
    Act.ROUTE: mark("Sudah disalurkan."), Act.FORWARD: mark("Sudah diteruskan ke luar provinsi."),
    Act.MERGE: mark("Sudah digabung."), Act.PART: mark("Sudah dipisahkan."),
    Act.HIDE: mark("Sudah disembunyikan dari umum; pelapor melihat alasannya."),
    Act.REVEAL: mark("Sudah tampil lagi bagi umum."), Act.AUDIT: mark("Hasil pemeriksaan sudah tampil bagi umum.")}
REPLIED = mark("Terkirim, tetapi tidak menghentikan hitungan waktu: isinya hampir sama dengan balasan lain.")
