BEGIN TRANSACTION;
CREATE TABLE address (
	channel TEXT NOT NULL, 
	account TEXT NOT NULL, 
	chat TEXT NOT NULL, 
	person TEXT NOT NULL, 
	position BIGINT NOT NULL, 
	PRIMARY KEY (channel, account), 
	CONSTRAINT address_person FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "address" VALUES('web','mia','mia','mia',0);
INSERT INTO "address" VALUES('web','p0','p0','p0',0);
INSERT INTO "address" VALUES('web','p1','p1','p1',0);
INSERT INTO "address" VALUES('web','p2','p2','p2',0);
INSERT INTO "address" VALUES('web','p3','p3','p3',0);
INSERT INTO "address" VALUES('web','p4','p4','p4',0);
INSERT INTO "address" VALUES('web','p5','p5','p5',0);
INSERT INTO "address" VALUES('web','p6','p6','p6',0);
INSERT INTO "address" VALUES('web','p7','p7','p7',0);
INSERT INTO "address" VALUES('web','p8','p8','p8',0);
INSERT INTO "address" VALUES('web','p9','p9','p9',0);
INSERT INTO "address" VALUES('web','p10','p10','p10',0);
INSERT INTO "address" VALUES('web','p11','p11','p11',0);
INSERT INTO "address" VALUES('web','p12','p12','p12',0);
INSERT INTO "address" VALUES('web','p13','p13','p13',0);
INSERT INTO "address" VALUES('web','p14','p14','p14',0);
INSERT INTO "address" VALUES('web','p15','p15','p15',0);
INSERT INTO "address" VALUES('web','p16','p16','p16',0);
INSERT INTO "address" VALUES('web','p17','p17','p17',0);
INSERT INTO "address" VALUES('web','p18','p18','p18',0);
INSERT INTO "address" VALUES('web','p19','p19','p19',0);
INSERT INTO "address" VALUES('web','p20','p20','p20',0);
INSERT INTO "address" VALUES('web','p21','p21','p21',0);
INSERT INTO "address" VALUES('web','p22','p22','p22',0);
INSERT INTO "address" VALUES('web','p23','p23','p23',0);
INSERT INTO "address" VALUES('web','p24','p24','p24',0);
INSERT INTO "address" VALUES('web','p25','p25','p25',0);
INSERT INTO "address" VALUES('web','p26','p26','p26',0);
INSERT INTO "address" VALUES('web','p27','p27','p27',0);
INSERT INTO "address" VALUES('web','p28','p28','p28',0);
INSERT INTO "address" VALUES('web','p29','p29','p29',0);
INSERT INTO "address" VALUES('web','p30','p30','p30',0);
INSERT INTO "address" VALUES('web','m0','m0','m0',0);
INSERT INTO "address" VALUES('web','of-m0','of-m0','of-m0',0);
INSERT INTO "address" VALUES('web','m1','m1','m1',0);
INSERT INTO "address" VALUES('web','of-m1','of-m1','of-m1',0);
INSERT INTO "address" VALUES('web','m2','m2','m2',0);
INSERT INTO "address" VALUES('web','of-m2','of-m2','of-m2',0);
INSERT INTO "address" VALUES('web','open','open','open',0);
INSERT INTO "address" VALUES('web','approved','approved','approved',0);
INSERT INTO "address" VALUES('web','refused','refused','refused',0);
INSERT INTO "address" VALUES('web','waits','waits','waits',0);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE approval (
	id TEXT NOT NULL, 
	case_id TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	status TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	asked BIGINT NOT NULL, 
	decided_by TEXT, 
	decided_at BIGINT, 
	PRIMARY KEY (id)
);
INSERT INTO "approval" VALUES('01m7wqhdc000000000000001be','01m7wqhdc00000000000000182','of-m0','open','{"id":"01m7wqhdc000000000000001be","case":{"id":"01m7wqhdc00000000000000182","owner":"of-m0","playbook":"1.3-2e31529c","step":"decide","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"assess":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"}},"deliveries":["01m7wqhdc00000000000000182-record-1","01m7wqhdc00000000000000182-assess-1"]},"owner":"of-m0","copies":[{"address":{"channel":"web","account":"m0","chat":"m0"},"language":"en"},{"address":{"channel":"web","account":"mia","chat":"mia"},"language":"en"}]}',1795186800000,NULL,NULL);
INSERT INTO "approval" VALUES('01m7wqhdc000000000000001ey','01m7wqhdc000000000000001bj','of-m1','open','{"id":"01m7wqhdc000000000000001ey","case":{"id":"01m7wqhdc000000000000001bj","owner":"of-m1","playbook":"1.3-2e31529c","step":"decide","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"assess":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"}},"deliveries":["01m7wqhdc000000000000001bj-record-1","01m7wqhdc000000000000001bj-assess-1"]},"owner":"of-m1","copies":[{"address":{"channel":"web","account":"m0","chat":"m0"},"language":"en"},{"address":{"channel":"web","account":"m1","chat":"m1"},"language":"en"},{"address":{"channel":"web","account":"mia","chat":"mia"},"language":"en"}]}',1795186800000,NULL,NULL);
INSERT INTO "approval" VALUES('01m7wqhdc000000000000001jg','01m7wqhdc000000000000001f4','of-m2','rejected','{"id":"01m7wqhdc000000000000001jg","case":{"id":"01m7wqhdc000000000000001f4","owner":"of-m2","playbook":"1.3-2e31529c","step":"decide","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"assess":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"}},"deliveries":["01m7wqhdc000000000000001f4-record-1","01m7wqhdc000000000000001f4-assess-1"]},"owner":"of-m2","copies":[{"address":{"channel":"web","account":"m0","chat":"m0"},"language":"en"},{"address":{"channel":"web","account":"m1","chat":"m1"},"language":"en"},{"address":{"channel":"web","account":"m2","chat":"m2"},"language":"en"},{"address":{"channel":"web","account":"mia","chat":"mia"},"language":"en"}]}',1795186800000,'m2',1795186800000);
INSERT INTO "approval" VALUES('01m7wqhdc000000000000001ps','01m7wqhdc000000000000001kd','open','open','{"id":"01m7wqhdc000000000000001ps","case":{"id":"01m7wqhdc000000000000001kd","owner":"open","playbook":"1.3-2e31529c","step":"decide","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"assess":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"}},"deliveries":["01m7wqhdc000000000000001kd-record-1","01m7wqhdc000000000000001kd-assess-1"]},"owner":"open","copies":[{"address":{"channel":"web","account":"m0","chat":"m0"},"language":"en"},{"address":{"channel":"web","account":"m1","chat":"m1"},"language":"en"},{"address":{"channel":"web","account":"m2","chat":"m2"},"language":"en"},{"address":{"channel":"web","account":"mia","chat":"mia"},"language":"en"}]}',1795186800000,NULL,NULL);
INSERT INTO "approval" VALUES('01m7wqhdc000000000000001t7','01m7wqhdc000000000000001pv','approved','approved','{"id":"01m7wqhdc000000000000001t7","case":{"id":"01m7wqhdc000000000000001pv","owner":"approved","playbook":"1.3-2e31529c","step":"decide","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"assess":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"}},"deliveries":["01m7wqhdc000000000000001pv-record-1","01m7wqhdc000000000000001pv-assess-1"]},"owner":"approved","copies":[{"address":{"channel":"web","account":"m0","chat":"m0"},"language":"en"},{"address":{"channel":"web","account":"m1","chat":"m1"},"language":"en"},{"address":{"channel":"web","account":"m2","chat":"m2"},"language":"en"},{"address":{"channel":"web","account":"mia","chat":"mia"},"language":"en"}]}',1795186800000,'mia',1795186800000);
CREATE TABLE audit (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at BIGINT NOT NULL, 
	actor TEXT NOT NULL, 
	action TEXT NOT NULL, 
	subject TEXT NOT NULL
);
INSERT INTO "audit" VALUES(1,1795186800000,'p20','finish:record','01m7wqhdc000000000000000g0');
INSERT INTO "audit" VALUES(2,1795186800000,'p21','finish:record','01m7wqhdc000000000000000h8');
INSERT INTO "audit" VALUES(3,1795186800000,'p22','finish:record','01m7wqhdc000000000000000jp');
INSERT INTO "audit" VALUES(4,1795186800000,'p23','finish:record','01m7wqhdc000000000000000ma');
INSERT INTO "audit" VALUES(5,1795186800000,'p24','finish:record','01m7wqhdc000000000000000p4');
INSERT INTO "audit" VALUES(6,1795186800000,'p25','finish:record','01m7wqhdc000000000000000r0');
INSERT INTO "audit" VALUES(7,1795186800000,'p26','finish:record','01m7wqhdc000000000000000t2');
INSERT INTO "audit" VALUES(8,1795186800000,'p27','finish:record','01m7wqhdc000000000000000wa');
INSERT INTO "audit" VALUES(9,1795186800000,'p28','finish:record','01m7wqhdc000000000000000yr');
INSERT INTO "audit" VALUES(10,1795186800000,'p29','finish:record','01m7wqhdc0000000000000011c');
INSERT INTO "audit" VALUES(11,1795186800000,'p30','finish:record','01m7wqhdc0000000000000014p');
INSERT INTO "audit" VALUES(12,1795186800000,'of-m0','finish:record','01m7wqhdc00000000000000182');
INSERT INTO "audit" VALUES(13,1795186800000,'of-m0','finish:assess','01m7wqhdc00000000000000182');
INSERT INTO "audit" VALUES(14,1795186800000,'of-m0','ask_management','01m7wqhdc000000000000001be');
INSERT INTO "audit" VALUES(15,1795186800000,'of-m1','finish:record','01m7wqhdc000000000000001bj');
INSERT INTO "audit" VALUES(16,1795186800000,'of-m1','finish:assess','01m7wqhdc000000000000001bj');
INSERT INTO "audit" VALUES(17,1795186800000,'of-m1','ask_management','01m7wqhdc000000000000001ey');
INSERT INTO "audit" VALUES(18,1795186800000,'of-m2','finish:record','01m7wqhdc000000000000001f4');
INSERT INTO "audit" VALUES(19,1795186800000,'of-m2','finish:assess','01m7wqhdc000000000000001f4');
INSERT INTO "audit" VALUES(20,1795186800000,'of-m2','ask_management','01m7wqhdc000000000000001jg');
INSERT INTO "audit" VALUES(21,1795186800000,'m2','rejected','01m7wqhdc000000000000001jg');
INSERT INTO "audit" VALUES(22,1795186800000,'open','finish:record','01m7wqhdc000000000000001kd');
INSERT INTO "audit" VALUES(23,1795186800000,'open','finish:assess','01m7wqhdc000000000000001kd');
INSERT INTO "audit" VALUES(24,1795186800000,'open','ask_management','01m7wqhdc000000000000001ps');
INSERT INTO "audit" VALUES(25,1795186800000,'approved','finish:record','01m7wqhdc000000000000001pv');
INSERT INTO "audit" VALUES(26,1795186800000,'approved','finish:assess','01m7wqhdc000000000000001pv');
INSERT INTO "audit" VALUES(27,1795186800000,'approved','ask_management','01m7wqhdc000000000000001t7');
INSERT INTO "audit" VALUES(28,1795186800000,'mia','approved','01m7wqhdc000000000000001t7');
INSERT INTO "audit" VALUES(29,1795186800000,'refused','finish:record','01m7wqhdc000000000000001tc');
INSERT INTO "audit" VALUES(30,1795186800000,'waits','finish:record','01m7wqhdc000000000000001vj');
CREATE TABLE case_file (
	id TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	step TEXT NOT NULL, 
	state TEXT NOT NULL, 
	opened BIGINT NOT NULL, 
	updated BIGINT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000000g0','p20','assess','{"id":"01m7wqhdc000000000000000g0","owner":"p20","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000000g0-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000000h8','p21','assess','{"id":"01m7wqhdc000000000000000h8","owner":"p21","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000000h8-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000000jp','p22','assess','{"id":"01m7wqhdc000000000000000jp","owner":"p22","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000000jp-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000000ma','p23','assess','{"id":"01m7wqhdc000000000000000ma","owner":"p23","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000000ma-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000000p4','p24','assess','{"id":"01m7wqhdc000000000000000p4","owner":"p24","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000000p4-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000000r0','p25','assess','{"id":"01m7wqhdc000000000000000r0","owner":"p25","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000000r0-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000000t2','p26','assess','{"id":"01m7wqhdc000000000000000t2","owner":"p26","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000000t2-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000000wa','p27','assess','{"id":"01m7wqhdc000000000000000wa","owner":"p27","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000000wa-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000000yr','p28','assess','{"id":"01m7wqhdc000000000000000yr","owner":"p28","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000000yr-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc0000000000000011c','p29','assess','{"id":"01m7wqhdc0000000000000011c","owner":"p29","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc0000000000000011c-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc0000000000000014p','p30','assess','{"id":"01m7wqhdc0000000000000014p","owner":"p30","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc0000000000000014p-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc00000000000000182','of-m0','decide','{"id":"01m7wqhdc00000000000000182","owner":"of-m0","playbook":"1.3-2e31529c","step":"decide","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"assess":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"}},"deliveries":["01m7wqhdc00000000000000182-record-1","01m7wqhdc00000000000000182-assess-1"],"approval":"01m7wqhdc000000000000001be"}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000001bj','of-m1','decide','{"id":"01m7wqhdc000000000000001bj","owner":"of-m1","playbook":"1.3-2e31529c","step":"decide","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"assess":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"}},"deliveries":["01m7wqhdc000000000000001bj-record-1","01m7wqhdc000000000000001bj-assess-1"],"approval":"01m7wqhdc000000000000001ey"}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000001f4','of-m2','transfer','{"id":"01m7wqhdc000000000000001f4","owner":"of-m2","playbook":"1.3-2e31529c","step":"transfer","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"assess":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"},"decide":{"verdict":"rejected","reason":"no","target":"legal"}},"deliveries":["01m7wqhdc000000000000001f4-record-1","01m7wqhdc000000000000001f4-assess-1","01m7wqhdc000000000000001f4-decide-1"],"approval":"01m7wqhdc000000000000001jg"}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000001kd','open','decide','{"id":"01m7wqhdc000000000000001kd","owner":"open","playbook":"1.3-2e31529c","step":"decide","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"assess":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"}},"deliveries":["01m7wqhdc000000000000001kd-record-1","01m7wqhdc000000000000001kd-assess-1"],"approval":"01m7wqhdc000000000000001ps"}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000001pv','approved','qualify','{"id":"01m7wqhdc000000000000001pv","owner":"approved","playbook":"1.3-2e31529c","step":"qualify","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"assess":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"},"decide":{"verdict":"approved"}},"deliveries":["01m7wqhdc000000000000001pv-record-1","01m7wqhdc000000000000001pv-assess-1","01m7wqhdc000000000000001pv-decide-1"],"approval":"01m7wqhdc000000000000001t7"}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000001tc','refused','assess','{"id":"01m7wqhdc000000000000001tc","owner":"refused","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000001tc-record-1"]}',1795186800000,1795186800000);
INSERT INTO "case_file" VALUES('01m7wqhdc000000000000001vj','waits','assess','{"id":"01m7wqhdc000000000000001vj","owner":"waits","playbook":"1.3-2e31529c","step":"assess","title":"no","customer":{"name":"no"},"forms":{"record":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5}},"deliveries":["01m7wqhdc000000000000001vj-record-1"]}',1795186800000,1795186800000);
CREATE TABLE conversation (
	id TEXT NOT NULL, 
	state TEXT, 
	version BIGINT DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "conversation" VALUES('p0','{"id":"p0","screen":1,"dialogues":[{"id":"01m7wqhdc00000000000000002","form":"record","playbook":"1.3-2e31529c","state":"customer","subject":"01m7wqhdc00000000000000002","began":1795186800000}],"address":{"channel":"web","account":"p0","chat":"p0"},"live":{"channel":"web","account":"p0","chat":"p0"}}',1);
INSERT INTO "conversation" VALUES('p1','{"id":"p1","screen":2,"dialogues":[{"id":"01m7wqhdc00000000000000004","form":"record","playbook":"1.3-2e31529c","state":"held","subject":"01m7wqhdc00000000000000004","answers":{"customer":{"id":null,"name":"yes"}},"echo":"Customer: yes","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p1","chat":"p1"},"live":{"channel":"web","account":"p1","chat":"p1"}}',3);
INSERT INTO "conversation" VALUES('p2','{"id":"p2","screen":3,"dialogues":[{"id":"01m7wqhdc0000000000000000a","form":"record","playbook":"1.3-2e31529c","state":"met_on","subject":"01m7wqhdc0000000000000000a","answers":{"customer":{"id":null,"name":"yes"},"held":true},"echo":"Took place: Yes","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p2","chat":"p2"},"live":{"channel":"web","account":"p2","chat":"p2"}}',4);
INSERT INTO "conversation" VALUES('p3','{"id":"p3","screen":10,"dialogues":[{"id":"01m7wqhdc0000000000000000j","form":"record","playbook":"1.3-2e31529c","state":"participants","subject":"01m7wqhdc0000000000000000j","answers":{"customer":{"id":null,"name":"yes"},"held":true,"met_on":"2026-11-19T14:00+01:00"},"echo":"Date and time: Thu 19 November 2026, 14:00","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p3","chat":"p3"},"live":{"channel":"web","account":"p3","chat":"p3"}}',11);
INSERT INTO "conversation" VALUES('p4','{"id":"p4","screen":11,"dialogues":[{"id":"01m7wqhdc00000000000000018","form":"record","playbook":"1.3-2e31529c","state":"content","subject":"01m7wqhdc00000000000000018","answers":{"customer":{"id":null,"name":"yes"},"held":true,"met_on":"2026-11-19T14:00+01:00","participants":"yes"},"echo":"Participants: yes","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p4","chat":"p4"},"live":{"channel":"web","account":"p4","chat":"p4"}}',12);
INSERT INTO "conversation" VALUES('p5','{"id":"p5","screen":12,"dialogues":[{"id":"01m7wqhdc00000000000000020","form":"record","playbook":"1.3-2e31529c","state":"opportunities","subject":"01m7wqhdc00000000000000020","answers":{"customer":{"id":null,"name":"yes"},"held":true,"met_on":"2026-11-19T14:00+01:00","participants":"yes","content":"yes"},"echo":"Content: yes","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p5","chat":"p5"},"live":{"channel":"web","account":"p5","chat":"p5"}}',13);
INSERT INTO "conversation" VALUES('p6','{"id":"p6","screen":13,"dialogues":[{"id":"01m7wqhdc0000000000000002t","form":"record","playbook":"1.3-2e31529c","state":"soft_requirements","subject":"01m7wqhdc0000000000000002t","answers":{"customer":{"id":null,"name":"yes"},"held":true,"met_on":"2026-11-19T14:00+01:00","participants":"yes","content":"yes","opportunities":"yes"},"echo":"Opportunities discussed: yes","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p6","chat":"p6"},"live":{"channel":"web","account":"p6","chat":"p6"}}',14);
INSERT INTO "conversation" VALUES('p7','{"id":"p7","screen":14,"dialogues":[{"id":"01m7wqhdc0000000000000003p","form":"record","playbook":"1.3-2e31529c","state":"first_assessment","subject":"01m7wqhdc0000000000000003p","answers":{"customer":{"id":null,"name":"yes"},"held":true,"met_on":"2026-11-19T14:00+01:00","participants":"yes","content":"yes","opportunities":"yes","soft_requirements":"yes"},"echo":"Soft requirements: yes","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p7","chat":"p7"},"live":{"channel":"web","account":"p7","chat":"p7"}}',15);
INSERT INTO "conversation" VALUES('p8','{"id":"p8","screen":17,"dialogues":[{"id":"01m7wqhdc0000000000000004m","form":"record","playbook":"1.3-2e31529c","state":"next_step","subject":"01m7wqhdc0000000000000004m","answers":{"customer":{"id":null,"name":"yes"},"held":true,"met_on":"2026-11-19T14:00+01:00","participants":"yes","content":"yes","opportunities":"yes","soft_requirements":"yes","first_assessment":5},"echo":"First assessment: 5/5","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p8","chat":"p8"},"live":{"channel":"web","account":"p8","chat":"p8"}}',18);
INSERT INTO "conversation" VALUES('p9','{"id":"p9","screen":18,"dialogues":[{"id":"01m7wqhdc0000000000000005r","form":"record","playbook":"1.3-2e31529c","state":"next_date","subject":"01m7wqhdc0000000000000005r","answers":{"customer":{"id":null,"name":"yes"},"held":true,"met_on":"2026-11-19T14:00+01:00","participants":"yes","content":"yes","opportunities":"yes","soft_requirements":"yes","first_assessment":5,"next_step":"yes"},"echo":"Next step: yes","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p9","chat":"p9"},"live":{"channel":"web","account":"p9","chat":"p9"}}',19);
INSERT INTO "conversation" VALUES('p10','{"id":"p10","screen":27,"dialogues":[{"id":"01m7wqhdc0000000000000006y","form":"record","playbook":"1.3-2e31529c","state":"hours","subject":"01m7wqhdc0000000000000006y","answers":{"customer":{"id":null,"name":"yes"},"held":true,"met_on":"2026-11-19T14:00+01:00","participants":"yes","content":"yes","opportunities":"yes","soft_requirements":"yes","first_assessment":5,"next_step":"yes","next_date":"2026-11-27"},"echo":"Due: Fri 27 November 2026","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p10","chat":"p10"},"live":{"channel":"web","account":"p10","chat":"p10"}}',28);
INSERT INTO "conversation" VALUES('p11','{"id":"p11","screen":30,"dialogues":[{"id":"01m7wqhdc0000000000000008p","form":"record","playbook":"1.3-2e31529c","state":"travel_cost","subject":"01m7wqhdc0000000000000008p","answers":{"customer":{"id":null,"name":"yes"},"held":true,"met_on":"2026-11-19T14:00+01:00","participants":"yes","content":"yes","opportunities":"yes","soft_requirements":"yes","first_assessment":5,"next_step":"yes","next_date":"2026-11-27","hours":5},"echo":"Effort: 5 h","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p11","chat":"p11"},"live":{"channel":"web","account":"p11","chat":"p11"}}',31);
INSERT INTO "conversation" VALUES('p12','{"id":"p12","screen":33,"dialogues":[{"id":"01m7wqhdc000000000000000am","form":"record","playbook":"1.3-2e31529c","state":"review","subject":"01m7wqhdc000000000000000am","answers":{"customer":{"id":null,"name":"yes"},"held":true,"met_on":"2026-11-19T14:00+01:00","participants":"yes","content":"yes","opportunities":"yes","soft_requirements":"yes","first_assessment":5,"next_step":"yes","next_date":"2026-11-27","hours":5,"travel_cost":"5.00"},"echo":"Travel cost: 5.00 €","about":"yes","began":1795186800000}],"address":{"channel":"web","account":"p12","chat":"p12"},"live":{"channel":"web","account":"p12","chat":"p12"}}',34);
INSERT INTO "conversation" VALUES('p13','{"id":"p13","screen":1,"dialogues":[{"id":"01m7wqhdc000000000000000cr","form":"record","playbook":"1.3-2e31529c","state":"customer","subject":"01m7wqhdc000000000000000cr","began":1795186800000}],"address":{"channel":"web","account":"p13","chat":"p13"},"live":{"channel":"web","account":"p13","chat":"p13"}}',1);
INSERT INTO "conversation" VALUES('p14','{"id":"p14","screen":2,"dialogues":[{"id":"01m7wqhdc000000000000000ct","form":"record","playbook":"1.3-2e31529c","state":"held","subject":"01m7wqhdc000000000000000ct","answers":{"customer":{"id":null,"name":"no"}},"echo":"Customer: no","about":"no","began":1795186800000}],"address":{"channel":"web","account":"p14","chat":"p14"},"live":{"channel":"web","account":"p14","chat":"p14"}}',3);
INSERT INTO "conversation" VALUES('p15','{"id":"p15","screen":3,"dialogues":[{"id":"01m7wqhdc000000000000000d0","form":"record","playbook":"1.3-2e31529c","state":"why_not","subject":"01m7wqhdc000000000000000d0","answers":{"customer":{"id":null,"name":"no"},"held":false},"echo":"Took place: No","about":"no","began":1795186800000}],"address":{"channel":"web","account":"p15","chat":"p15"},"live":{"channel":"web","account":"p15","chat":"p15"}}',4);
INSERT INTO "conversation" VALUES('p16','{"id":"p16","screen":4,"dialogues":[{"id":"01m7wqhdc000000000000000d8","form":"record","playbook":"1.3-2e31529c","state":"next_step","subject":"01m7wqhdc000000000000000d8","answers":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no"},"echo":"Why not: no","about":"no","began":1795186800000}],"address":{"channel":"web","account":"p16","chat":"p16"},"live":{"channel":"web","account":"p16","chat":"p16"}}',5);
INSERT INTO "conversation" VALUES('p17','{"id":"p17","screen":5,"dialogues":[{"id":"01m7wqhdc000000000000000dj","form":"record","playbook":"1.3-2e31529c","state":"next_date","subject":"01m7wqhdc000000000000000dj","answers":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no"},"echo":"Next step: no","about":"no","began":1795186800000}],"address":{"channel":"web","account":"p17","chat":"p17"},"live":{"channel":"web","account":"p17","chat":"p17"}}',6);
INSERT INTO "conversation" VALUES('p18','{"id":"p18","screen":14,"dialogues":[{"id":"01m7wqhdc000000000000000dy","form":"record","playbook":"1.3-2e31529c","state":"hours","subject":"01m7wqhdc000000000000000dy","answers":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27"},"echo":"Due: Fri 27 November 2026","about":"no","began":1795186800000}],"address":{"channel":"web","account":"p18","chat":"p18"},"live":{"channel":"web","account":"p18","chat":"p18"}}',15);
INSERT INTO "conversation" VALUES('p19','{"id":"p19","screen":17,"dialogues":[{"id":"01m7wqhdc000000000000000ew","form":"record","playbook":"1.3-2e31529c","state":"review","subject":"01m7wqhdc000000000000000ew","answers":{"customer":{"id":null,"name":"no"},"held":false,"why_not":"no","next_step":"no","next_date":"2026-11-27","hours":5},"echo":"Effort: 5 h","about":"no","began":1795186800000}],"address":{"channel":"web","account":"p19","chat":"p19"},"live":{"channel":"web","account":"p19","chat":"p19"}}',18);
INSERT INTO "conversation" VALUES('p20','{"id":"p20","screen":18,"dialogues":[{"id":"01m7wqhdc000000000000000h6","form":"assess","playbook":"1.3-2e31529c","state":"chances","subject":"01m7wqhdc000000000000000g0","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc000000000000000g0","title":"no","step":"assess"}],"address":{"channel":"web","account":"p20","chat":"p20"},"live":{"channel":"web","account":"p20","chat":"p20"}}',20);
INSERT INTO "conversation" VALUES('p21','{"id":"p21","screen":21,"dialogues":[{"id":"01m7wqhdc000000000000000je","form":"assess","playbook":"1.3-2e31529c","state":"chances_reference_likelihood","subject":"01m7wqhdc000000000000000h8","answers":{"chances":["reference"]},"echo":"Chances: Reference project","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc000000000000000h8","title":"no","step":"assess"}],"address":{"channel":"web","account":"p21","chat":"p21"},"live":{"channel":"web","account":"p21","chat":"p21"}}',23);
INSERT INTO "conversation" VALUES('p22','{"id":"p22","screen":24,"dialogues":[{"id":"01m7wqhdc000000000000000kw","form":"assess","playbook":"1.3-2e31529c","state":"chances_reference_impact","subject":"01m7wqhdc000000000000000jp","answers":{"chances":["reference"],"chances_reference_likelihood":5},"echo":"Reference project: likelihood: 5/5","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc000000000000000jp","title":"no","step":"assess"}],"address":{"channel":"web","account":"p22","chat":"p22"},"live":{"channel":"web","account":"p22","chat":"p22"}}',26);
INSERT INTO "conversation" VALUES('p23','{"id":"p23","screen":27,"dialogues":[{"id":"01m7wqhdc000000000000000ng","form":"assess","playbook":"1.3-2e31529c","state":"risks","subject":"01m7wqhdc000000000000000ma","answers":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5},"echo":"Reference project: impact: 5/5","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc000000000000000ma","title":"no","step":"assess"}],"address":{"channel":"web","account":"p23","chat":"p23"},"live":{"channel":"web","account":"p23","chat":"p23"}}',29);
INSERT INTO "conversation" VALUES('p24','{"id":"p24","screen":28,"dialogues":[{"id":"01m7wqhdc000000000000000qa","form":"assess","playbook":"1.3-2e31529c","state":"risks_capacity_likelihood","subject":"01m7wqhdc000000000000000p4","answers":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"]},"echo":"Risks: Not enough own capacity","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc000000000000000p4","title":"no","step":"assess"}],"address":{"channel":"web","account":"p24","chat":"p24"},"live":{"channel":"web","account":"p24","chat":"p24"}}',30);
INSERT INTO "conversation" VALUES('p25','{"id":"p25","screen":31,"dialogues":[{"id":"01m7wqhdc000000000000000s6","form":"assess","playbook":"1.3-2e31529c","state":"risks_capacity_impact","subject":"01m7wqhdc000000000000000r0","answers":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5},"echo":"Not enough own capacity: likelihood: 5/5","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc000000000000000r0","title":"no","step":"assess"}],"address":{"channel":"web","account":"p25","chat":"p25"},"live":{"channel":"web","account":"p25","chat":"p25"}}',33);
INSERT INTO "conversation" VALUES('p26','{"id":"p26","screen":34,"dialogues":[{"id":"01m7wqhdc000000000000000v8","form":"assess","playbook":"1.3-2e31529c","state":"revenue","subject":"01m7wqhdc000000000000000t2","answers":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5},"echo":"Not enough own capacity: impact: 5/5","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc000000000000000t2","title":"no","step":"assess"}],"address":{"channel":"web","account":"p26","chat":"p26"},"live":{"channel":"web","account":"p26","chat":"p26"}}',36);
INSERT INTO "conversation" VALUES('p27','{"id":"p27","screen":37,"dialogues":[{"id":"01m7wqhdc000000000000000xg","form":"assess","playbook":"1.3-2e31529c","state":"probability","subject":"01m7wqhdc000000000000000wa","answers":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00"},"echo":"Expected revenue: 5.00 €","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc000000000000000wa","title":"no","step":"assess"}],"address":{"channel":"web","account":"p27","chat":"p27"},"live":{"channel":"web","account":"p27","chat":"p27"}}',39);
INSERT INTO "conversation" VALUES('p28','{"id":"p28","screen":40,"dialogues":[{"id":"01m7wqhdc000000000000000zy","form":"assess","playbook":"1.3-2e31529c","state":"recommendation","subject":"01m7wqhdc000000000000000yr","answers":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5},"echo":"Probability: 5%","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc000000000000000yr","title":"no","step":"assess"}],"address":{"channel":"web","account":"p28","chat":"p28"},"live":{"channel":"web","account":"p28","chat":"p28"}}',42);
INSERT INTO "conversation" VALUES('p29','{"id":"p29","screen":51,"dialogues":[{"id":"01m7wqhdc0000000000000012j","form":"assess","playbook":"1.3-2e31529c","state":"remark","subject":"01m7wqhdc0000000000000011c","answers":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue"},"echo":"Recommendation: Pursue","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc0000000000000011c","title":"no","step":"assess"}],"address":{"channel":"web","account":"p29","chat":"p29"},"live":{"channel":"web","account":"p29","chat":"p29"}}',53);
INSERT INTO "conversation" VALUES('p30','{"id":"p30","screen":52,"dialogues":[{"id":"01m7wqhdc0000000000000015w","form":"assess","playbook":"1.3-2e31529c","state":"review","subject":"01m7wqhdc0000000000000014p","answers":{"chances":["reference"],"chances_reference_likelihood":5,"chances_reference_impact":5,"risks":["capacity"],"risks_capacity_likelihood":5,"risks_capacity_impact":5,"revenue":"5.00","probability":5,"recommendation":"pursue","remark":"no"},"echo":"Remark: no","about":"no","began":1795186800000}],"cases":[{"id":"01m7wqhdc0000000000000014p","title":"no","step":"assess"}],"address":{"channel":"web","account":"p30","chat":"p30"},"live":{"channel":"web","account":"p30","chat":"p30"}}',54);
INSERT INTO "conversation" VALUES('of-m0','{"id":"of-m0","screen":52,"cases":[{"id":"01m7wqhdc00000000000000182","title":"no","step":"decide"}],"address":{"channel":"web","account":"of-m0","chat":"of-m0"}}',55);
INSERT INTO "conversation" VALUES('m0','{"id":"m0","screen":1,"dialogues":[{"id":"01m7wqhdc000000000000001bg","form":"decide","playbook":"1.3-2e31529c","state":"reason","subject":"01m7wqhdc000000000000001be","answers":{"verdict":"rejected"},"about":"no"}],"address":{"channel":"web","account":"m0","chat":"m0"},"live":{"channel":"web","account":"m0","chat":"m0"}}',1);
INSERT INTO "conversation" VALUES('of-m1','{"id":"of-m1","screen":52,"cases":[{"id":"01m7wqhdc000000000000001bj","title":"no","step":"decide"}],"address":{"channel":"web","account":"of-m1","chat":"of-m1"}}',55);
INSERT INTO "conversation" VALUES('m1','{"id":"m1","screen":2,"dialogues":[{"id":"01m7wqhdc000000000000001f0","form":"decide","playbook":"1.3-2e31529c","state":"target","subject":"01m7wqhdc000000000000001ey","answers":{"verdict":"rejected","reason":"no"},"echo":"Reason: no","about":"no"}],"address":{"channel":"web","account":"m1","chat":"m1"},"live":{"channel":"web","account":"m1","chat":"m1"}}',2);
INSERT INTO "conversation" VALUES('of-m2','{"id":"of-m2","screen":52,"address":{"channel":"web","account":"of-m2","chat":"of-m2"}}',56);
INSERT INTO "conversation" VALUES('m2','{"id":"m2","screen":12,"address":{"channel":"web","account":"m2","chat":"m2"}}',13);
INSERT INTO "conversation" VALUES('open','{"id":"open","screen":52,"cases":[{"id":"01m7wqhdc000000000000001kd","title":"no","step":"decide"}],"address":{"channel":"web","account":"open","chat":"open"}}',55);
INSERT INTO "conversation" VALUES('approved','{"id":"approved","screen":52,"cases":[{"id":"01m7wqhdc000000000000001pv","title":"no","step":"qualify"}],"address":{"channel":"web","account":"approved","chat":"approved"}}',56);
INSERT INTO "conversation" VALUES('mia','{"id":"mia","address":{"channel":"web","account":"mia","chat":"mia"}}',1);
INSERT INTO "conversation" VALUES('refused','{"id":"refused","screen":17,"cases":[{"id":"01m7wqhdc000000000000001tc","title":"no","step":"assess"}],"address":{"channel":"web","account":"refused","chat":"refused"}}',19);
INSERT INTO "conversation" VALUES('waits','{"id":"waits","screen":17,"cases":[{"id":"01m7wqhdc000000000000001vj","title":"no","step":"assess"}],"address":{"channel":"web","account":"waits","chat":"waits"}}',19);
CREATE TABLE inbox (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	source_key TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	payload TEXT NOT NULL, 
	status TEXT DEFAULT 'new' NOT NULL, 
	tries BIGINT DEFAULT 0 NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT inbox_source_key UNIQUE (source_key)
);
CREATE TABLE intent (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	target TEXT NOT NULL, 
	order_key TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	body TEXT NOT NULL, 
	status TEXT DEFAULT 'pending' NOT NULL, 
	blocking SMALLINT NOT NULL, 
	attempts BIGINT NOT NULL, 
	due BIGINT NOT NULL, 
	lease_until BIGINT DEFAULT 0 NOT NULL, 
	expires BIGINT, 
	created BIGINT NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	result TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT intent_key UNIQUE ("key")
);
INSERT INTO "intent" VALUES(1006,'01m7wqhdc000000000000001tc-record-1','crm','crm:01m7wqhdc000000000000001tc','refused','{"key":"01m7wqhdc000000000000001tc-record-1","case":"01m7wqhdc000000000000001tc","kind":"record","author":{"name":"Refused"},"owner":{"name":"Refused"},"title":"no","customer":{"name":"no"},"note":{"title":"Appointment record","rows":[["Customer","no"],["Took place","No"],["Why not","no"],["Next step","no"],["Due","Fri 27 November 2026"],["Effort","5 h"]]},"opportunity":{"x_dealdesk_hours":{"value":5,"text":"5 h"}},"stage":"new","activity":{"summary":"no","due":"2026-11-27"}}','dead',2,1,1795186800000,0,NULL,1795186800000,'no such stage','');
INSERT INTO "intent" VALUES(1026,'01m7wqhdc000000000000001vj-record-1','crm','crm:01m7wqhdc000000000000001vj','waits','{"key":"01m7wqhdc000000000000001vj-record-1","case":"01m7wqhdc000000000000001vj","kind":"record","author":{"name":"Waits"},"owner":{"name":"Waits"},"title":"no","customer":{"name":"no"},"note":{"title":"Appointment record","rows":[["Customer","no"],["Took place","No"],["Why not","no"],["Next step","no"],["Due","Fri 27 November 2026"],["Effort","5 h"]]},"opportunity":{"x_dealdesk_hours":{"value":5,"text":"5 h"}},"stage":"new","activity":{"summary":"no","due":"2026-11-27"}}','pending',2,1,0,0,NULL,1795186800000,'no such stage','');
CREATE TABLE message (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel TEXT NOT NULL, 
	chat TEXT NOT NULL, 
	ref TEXT NOT NULL, 
	body TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	CONSTRAINT message_ref UNIQUE (channel, chat, ref)
);
CREATE TABLE person (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	language TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	login TEXT, 
	crm_user BIGINT, 
	PRIMARY KEY (id)
);
INSERT INTO "person" VALUES('mia','Mia','management','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p0','P0','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p1','P1','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p2','P2','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p3','P3','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p4','P4','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p5','P5','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p6','P6','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p7','P7','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p8','P8','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p9','P9','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p10','P10','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p11','P11','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p12','P12','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p13','P13','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p14','P14','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p15','P15','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p16','P16','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p17','P17','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p18','P18','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p19','P19','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p20','P20','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p21','P21','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p22','P22','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p23','P23','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p24','P24','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p25','P25','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p26','P26','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p27','P27','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p28','P28','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p29','P29','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('p30','P30','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('m0','M0','management','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('of-m0','Of-M0','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('m1','M1','management','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('of-m1','Of-M1','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('m2','M2','management','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('of-m2','Of-M2','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('open','Open','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('approved','Approved','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('refused','Refused','sales','en','Europe/Berlin',NULL,NULL);
INSERT INTO "person" VALUES('waits','Waits','sales','en','Europe/Berlin',NULL,NULL);
CREATE TABLE place (
	channel TEXT NOT NULL, 
	chat TEXT NOT NULL, 
	slot TEXT NOT NULL, 
	ref TEXT NOT NULL, 
	PRIMARY KEY (channel, chat, slot)
)
 WITHOUT ROWID

;
CREATE TABLE timer (
	id TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	due BIGINT NOT NULL, 
	payload TEXT NOT NULL, 
	status TEXT DEFAULT 'armed' NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX inbox_new ON inbox (conversation, seq) WHERE status = 'new';
CREATE INDEX inbox_dead ON inbox (seq) WHERE status = 'dead';
CREATE INDEX timer_armed ON timer (due) WHERE status = 'armed';
CREATE INDEX case_file_owner ON case_file (owner, opened);
CREATE INDEX approval_open ON approval (asked) WHERE status = 'open';
CREATE INDEX intent_order ON intent (order_key, seq) WHERE blocking > 0;
CREATE INDEX intent_due ON intent (due) WHERE status = 'pending';
CREATE INDEX intent_crm ON intent (status, seq) WHERE target = 'crm';
CREATE INDEX intent_dead ON intent (target) WHERE status = 'dead';
CREATE INDEX address_person_position ON address (person, position);
CREATE INDEX message_order ON message (channel, chat, seq);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('inbox',972);
INSERT INTO "sqlite_sequence" VALUES('intent',1026);
INSERT INTO "sqlite_sequence" VALUES('audit',30);
COMMIT;
